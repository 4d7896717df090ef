/** What verification over HTTP costs the server, beside a handler of the same server that does nothing. */
@NullMarked
package dev.keywright.benchmarks.http;

import org.jspecify.annotations.NullMarked;
