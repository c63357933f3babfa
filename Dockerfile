# The same Node version as in package-lock.json, pinned by the digest of its index for amd64 and arm64. To update both:
#   docker buildx imagetools inspect node:24-bookworm-slim --format '{{.Manifest.Digest}}'
ARG NODE_IMAGE=node:24.21.0-bookworm-slim@sha256:2fe369e969550cde8e867afc3fe370b260140cab4a23d467074295b42163d553

# Runtime dependencies: only what the lock file names, without install scripts. Changes to the source do not affect this layer.
FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY clients/typescript/package.json clients/typescript/
# TensorFlow's native library, optional, for amd64: --build-arg TENSORFLOW_NATIVE=true. The build fails if it cannot be had or loaded. Without it, the
# service uses the JavaScript engine of TensorFlow.js. The other optional packages are the Node that npm scripts use on machines with an older one.
COPY scripts/native-tensorflow.sh scripts/
ARG TENSORFLOW_NATIVE=false
RUN case "$TENSORFLOW_NATIVE" in \
      false) npm ci --omit=dev --omit=optional --ignore-scripts ;; \
      true) npm ci --omit=dev --ignore-scripts \
        && rm -rf node_modules/node-linux-* node_modules/node-win-* node_modules/.bin/node \
        && { command -v g++ python3 > /dev/null || { apt-get update -qq && apt-get install -qq -y --no-install-recommends g++ python3 python3-venv; }; } \
        && scripts/native-tensorflow.sh ;; \
      *) echo "TENSORFLOW_NATIVE is true or false, not $TENSORFLOW_NATIVE" >&2; exit 1 ;; \
    esac
# Source maps, bundler reports and types make up more than half of the bytes, and nothing reads them at run time.
RUN find node_modules -type f \( -name '*.map' -o -name '*.min.js.html' -o -name '*.d.ts' -o -name '*.tsbuildinfo' \) -delete \
 && rm -rf node_modules/warpserve-client \
 && chmod -R a+rX,go-w node_modules
# Where stored data sets go, unless STORE_URL says otherwise. A volume that is mounted there belongs to whom it belongs here.
# And what V8 compiles.
RUN mkdir data compiled

# The kernels and the page.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY clients/typescript/package.json clients/typescript/
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY clients clients
# The page serves them as pages of its own.
COPY README.md ./
COPY docs docs
COPY scripts scripts
COPY page page
COPY src src
# The chmod is for checkouts made under a strict umask: the service does not run as the owner of the files.
RUN npm run build && chmod -R a+rX,go-w src dist

FROM ${NODE_IMAGE}
ENV HOST=0.0.0.0 PORT=8080 NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/src src
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY --from=dependencies --chown=node:node /app/data data
COPY --from=dependencies --chown=node:node /app/compiled node_modules/.cache
USER node
# A first start, whose compiled code is kept: every later one takes half as long.
RUN HOST=127.0.0.1 timeout --preserve-status 10 node src/server/main.ts
EXPOSE 8080
STOPSIGNAL SIGTERM
# Uses bash, since the image has no curl, and starting Node every ten seconds would take 40 MB and a tenth of a second of CPU each time.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && read -r line <&3 && [[ $line == *' 200 '* ]]"]
CMD ["node", "src/server/main.ts"]
