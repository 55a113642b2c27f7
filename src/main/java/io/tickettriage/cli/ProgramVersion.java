package io.tickettriage.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Triage.class.getPackage().getImplementationVersion();
        return new String[] {"triage " + (version == null ? "(development)" : version)};
    }
}
