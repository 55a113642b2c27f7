package io.tickettriage.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a component of a configuration record the value of a setting; {@code config/triage.properties} says what each means.
 *
 * <p>The component's type decides how the value is written: {@code true}, {@code 8080}, a constant of an enum in lower case,
 * {@code 100ms}, {@code 5s}, {@code 10m}, {@code 2h} or {@code 30d} for a {@link java.time.Duration}, or text.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
    /** Its name, such as {@code triage.http.port}. */
    String name();

    /** What it has where nothing is set, as it would be written in the file. */
    String value() default "";

    /** The least number allowed; milliseconds of a duration. */
    long min() default 0;

    /** The largest number allowed; milliseconds of a duration. */
    long max() default 0;

    /** Whether a number is an amount of bytes: {@code 1048576}, {@code 1024 KiB}, {@code 1 MiB}. */
    boolean bytes() default false;

    /** What a text must match as a whole. */
    String pattern() default ".+";

    /** What such a text is, to end a sentence with. */
    String expected() default "a path";
}
