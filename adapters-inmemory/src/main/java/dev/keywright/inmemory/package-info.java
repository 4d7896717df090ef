/** A store that keeps everything in memory and loses it when the process ends. */
@NullMarked
package dev.keywright.inmemory;

import org.jspecify.annotations.NullMarked;
