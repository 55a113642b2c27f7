package io.tickettriage.model;

/** The weights of a model, with its vocabulary: immutable, shared by all threads. */
public interface Network {
    /** The state of one thread's forward passes through these weights. */
    ForwardPass newForwardPass();

    /** How many weights and biases the network has, and the bytes they take in an artifact. */
    Size size();

    record Size(long parameters, long bytes) {}
}
