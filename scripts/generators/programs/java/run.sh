# Needs mvn, javac and java.
# Of its libraries, okhttp-gson compiles but cannot write a list of numbers, and native does not compile.
openapi_generator java --additional-properties=library=jersey3,containerDefaultToNull=true -o client
rm -rf client/src/test
mkdir -p client/src/main/java/call
cp "$HERE/Call.java" client/src/main/java/call/
cd client
mvn() { command mvn --quiet --batch-mode -DskipTests "$@" >mvn.log 2>&1 || { cat mvn.log; return 1; }; }
mvn compile
mvn org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" call.Call
