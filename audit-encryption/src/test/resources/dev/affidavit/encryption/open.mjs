// Opens each line of a file with the key of another, and prints what was in it as base64.
import {readFileSync} from 'node:fs';
import {compactDecrypt, importJWK} from 'jose';

const [keyFile, linesFile] = process.argv.slice(2);
const key = await importJWK(JSON.parse(readFileSync(keyFile, 'utf8')), 'A256GCMKW');
for (const line of readFileSync(linesFile, 'utf8').split('\n').filter(Boolean)) {
  const {plaintext, protectedHeader} = await compactDecrypt(line, key, {
    keyManagementAlgorithms: ['A256GCMKW'],
    contentEncryptionAlgorithms: ['A256GCM'],
  });
  console.log(protectedHeader.segment + ' ' + Buffer.from(plaintext).toString('base64'));
}
