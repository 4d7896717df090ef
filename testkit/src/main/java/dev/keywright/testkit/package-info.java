/** Contract suites for stores, with the fixtures they share. */
@NullMarked
package dev.keywright.testkit;

import org.jspecify.annotations.NullMarked;
