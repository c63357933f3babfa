# Needs mvn, javac and java.
openapi_generator java --additional-properties=library=okhttp-gson,hideGenerationTimestamp=true -o client
rm -rf client/src/test
mkdir -p client/src/main/java/call
cp "$HERE/Call.java" client/src/main/java/call/
cd client
mvn --quiet --batch-mode -DskipTests -Dmaven.javadoc.skip=true -Dmaven.source.skip=true compile
mvn --quiet --batch-mode org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" call.Call
