@NullMarked
package dev.keywright.bootstrap.architecture;

import org.jspecify.annotations.NullMarked;
