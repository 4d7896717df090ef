/** What the benchmarks have in common: how results are judged and printed. */
@NullMarked
package dev.keywright.benchmarks;

import org.jspecify.annotations.NullMarked;
