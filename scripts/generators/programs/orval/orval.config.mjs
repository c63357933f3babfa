export default {
  warpserve: {
    input: process.env.DOCUMENT,
    output: { target: 'client.ts', client: 'fetch', baseUrl: process.env.WARPSERVE_URL },
  },
};
