@NullMarked
package io.tickettriage.cli.models;

import org.jspecify.annotations.NullMarked;
