/** An error in the user's data, in a sentence that says where. */
export class ParseError extends Error {}
