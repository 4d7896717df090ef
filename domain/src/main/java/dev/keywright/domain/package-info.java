/**
 * The rules of a key's life, and nothing else: immutable values that cannot be wrong, and decisions that take the time and
 * return what follows. No I/O, no clock, no randomness of its own, no framework.
 */
@NullMarked
package dev.keywright.domain;

import org.jspecify.annotations.NullMarked;
