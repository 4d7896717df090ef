/** How figures are judged and printed. */
@NullMarked
package dev.keywright.benchmarks.result;

import org.jspecify.annotations.NullMarked;
