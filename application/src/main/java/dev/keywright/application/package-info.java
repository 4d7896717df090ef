/** The use cases: administration of keys and their verification. */
@NullMarked
package dev.keywright.application;

import org.jspecify.annotations.NullMarked;
