/** What the store costs: lists of many keys, and creates beside bare inserts. */
@NullMarked
package dev.keywright.benchmarks.store;

import org.jspecify.annotations.NullMarked;
