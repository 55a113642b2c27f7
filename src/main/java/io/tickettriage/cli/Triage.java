package io.tickettriage.cli;

final class Triage {
    private Triage() {}

    public static void main(String[] args) {}
}
