ARG NODE_IMAGE=node:24-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json ./
COPY clients clients
COPY page page
COPY scripts scripts
COPY src src
# Builds the kernels and the page too. @tensorflow/tfjs-node downloads libtensorflow. Where the network does not let it, npm leaves this optional
# package out and the service uses TensorFlow.js' own engine.
RUN npm ci
# The packages node-* are the Node that npm scripts find on machines with an older one; the image has its own, and each is
# almost 200 MB. The chmod is for checkouts made under a strict umask: the service runs as another user than the owner.
RUN npm prune --omit=dev --ignore-scripts \
 && rm -rf node_modules/node-linux-* node_modules/node-win-* node_modules/.bin/node \
 && chmod -R a+rX,go-w .

FROM ${NODE_IMAGE}
ENV HOST=0.0.0.0 PORT=8080 NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/src src
COPY --from=build /app/dist dist
COPY LICENSE ./
COPY openapi openapi
USER node
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/server/main.ts"]
