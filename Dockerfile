# syntax=docker/dockerfile:1

# Builds the program and its production libraries. What it makes runs on any processor: the training engine, whose native
# library is named here, is only compiled against and stays behind.
FROM eclipse-temurin:17-jdk AS build
WORKDIR /src
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src/main src/main
COPY config config
COPY topics topics
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true -Dpytorch.platform=linux-x86_64 package

FROM eclipse-temurin:17-jre
WORKDIR /opt/triage

# Libraries first: they change seldom, and their layer is most of the image.
COPY --from=build /src/target/lib target/lib
COPY --from=build /src/target/triage.jar target/triage.jar
COPY triage ./
COPY config config
COPY topics topics

# The root file system may be read-only: the program writes to the state directory and to /tmp, where the native libraries
# of the compression codecs are unpacked, so /tmp must allow execution.
RUN groupadd --system --gid 10001 triage \
 && useradd --system --uid 10001 --gid triage --no-create-home --shell /usr/sbin/nologin triage \
 && install -d -o triage -g triage -m 0700 /var/lib/triage
USER 10001:10001

ENV TRIAGE_NO_BUILD=1 \
    TRIAGE_STATE_DIR=/var/lib/triage/state \
    TRIAGE_JAVA_OPTS="-XX:MaxRAMPercentage=70 -XX:-UsePerfData"

EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${TRIAGE_HTTP_PORT:-8080} && printf 'GET /live HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]

ENTRYPOINT ["/opt/triage/triage"]
CMD ["run"]
