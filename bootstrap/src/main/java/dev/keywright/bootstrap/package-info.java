/** The executable: reads the settings, puts the parts together and offers the command line. */
@NullMarked
package dev.keywright.bootstrap;

import org.jspecify.annotations.NullMarked;
