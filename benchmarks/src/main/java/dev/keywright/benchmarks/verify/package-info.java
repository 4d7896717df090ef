/** What verification in process costs, beside the hash, the checksum and the look-up that it cannot do without. */
@NullMarked
package dev.keywright.benchmarks.verify;

import org.jspecify.annotations.NullMarked;
