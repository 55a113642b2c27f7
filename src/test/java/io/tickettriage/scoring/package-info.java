@NullMarked
package io.tickettriage.scoring;

import org.jspecify.annotations.NullMarked;
