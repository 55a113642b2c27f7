@NullMarked
package io.tickettriage.registry;

import org.jspecify.annotations.NullMarked;
