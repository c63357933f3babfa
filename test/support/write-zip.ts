import { crc32, deflateRawSync } from 'node:zlib';

// Writes zip files by hand, so that tests can make invalid ones.

/** One file of a zip, and the false claims of its headers. */
export interface Entry {
  readonly name: string;
  readonly content: Uint8Array;
  readonly deflate?: boolean;
  readonly says?: { readonly size?: number; readonly crc?: number; readonly method?: number; readonly flags?: number };
}

/** A zip file of these entries. */
export function zip(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, deflate = false, says = {} } of entries) {
    const raw = deflate ? deflateRawSync(content) : Buffer.from(content);
    const file = Buffer.from(name);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(says.flags ?? 0, 2);
    facts.writeUInt16LE(says.method ?? (deflate ? 8 : 0), 4);
    facts.writeUInt32LE(says.crc ?? crc32(content), 10);
    facts.writeUInt32LE(raw.length, 14);
    facts.writeUInt32LE(says.size ?? content.length, 18);
    facts.writeUInt16LE(file.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, rest, file);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), facts, file, raw);
    offset += 30 + file.length + raw.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}
