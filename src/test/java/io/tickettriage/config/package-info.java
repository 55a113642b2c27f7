@NullMarked
package io.tickettriage.config;

import org.jspecify.annotations.NullMarked;
