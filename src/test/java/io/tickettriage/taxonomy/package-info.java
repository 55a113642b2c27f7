@NullMarked
package io.tickettriage.taxonomy;

import org.jspecify.annotations.NullMarked;
