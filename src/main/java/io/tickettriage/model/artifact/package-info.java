@NullMarked
package io.tickettriage.model.artifact;

import org.jspecify.annotations.NullMarked;
