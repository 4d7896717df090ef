/** The ports a host or a store implements so that the use cases can run. */
@NullMarked
package dev.keywright.application.spi;

import org.jspecify.annotations.NullMarked;
