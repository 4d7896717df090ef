/** What verification costs beside what it cannot cost less than, in one run. */
@NullMarked
package dev.keywright.benchmarks;

import org.jspecify.annotations.NullMarked;
