//===- LineHash.h - how GitHub tells one line of a file from others -------===//
//
// Code scanning recognises an alert in the next upload by a hash of the text
// from its line on. The `upload-sarif` action computes it where a report lacks
// it, and warns where a report has another one; so ours has to be the same to
// the bit. What is hashed, as github/codeql-action does it in
// src/fingerprints.ts (read at f3f1edbed, June 2026):
//
//   - the file as UTF-16 units, malformed bytes as U+FFFD;
//   - without spaces and tabs; CR LF and CR count as LF, but an LF behind a CR
//     that blanks follow is one more line end;
//   - then one unit 65535, then as many units 0 as are needed;
//   - of each line, the 100 units that start there: a polynomial of base 37
//     modulo 2^64, as lower-case hex without leading zeros;
//   - ":n" behind it for the n-th line of the file with that hash.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_TOOL_REPORT_LINEHASH_H
#define BOOTORDER_TOOL_REPORT_LINEHASH_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace bootorder {

/// The hash of each line of a file with \p Content, as in
/// `primaryLocationLineHash`. A file that ends in a line end has an empty line
/// behind it; an empty file has one line.
std::vector<std::string> lineHashes(llvm::StringRef Content);

/// \p Text as UTF-16 units; a malformed sequence is one U+FFFD.
std::vector<uint16_t> utf16Units(llvm::StringRef Text);

} // namespace bootorder

#endif
