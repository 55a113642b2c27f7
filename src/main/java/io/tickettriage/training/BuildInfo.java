package io.tickettriage.training;

import java.time.Instant;

/** When and with what an artifact was made; stands outside the promise that equal trainings give equal bytes. */
public record BuildInfo(String time, String java, String engine) {
    /** This moment and this Java. */
    public static BuildInfo now() {
        return new BuildInfo(Instant.now().toString(), System.getProperty("java.version", ""), "PyTorch by DJL");
    }
}
