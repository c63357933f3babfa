/** What is wrong with the user's data, in a sentence that says where. */
export class ParseError extends Error {}
