@NullMarked
package io.tickettriage.model;

import org.jspecify.annotations.NullMarked;
