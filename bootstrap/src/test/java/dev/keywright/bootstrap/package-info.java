@NullMarked
package dev.keywright.bootstrap;

import org.jspecify.annotations.NullMarked;
