//===- AnswerCodec.h - what an analysis came to, as bytes -----------------===//
//
// The body of a file in `answers` of the cache (CacheFile.h describes what is
// around it): the members of Answer one after the other, in the order in which
// AnswerCodec.cpp names them.
//
//   number, truth, enumeration   seven bits to the byte, lowest first; the
//                                eighth says that more follow
//   text                         its size in bytes as a number, the bytes
//   list, map                    its size as a number, the items; of a map,
//                                each key with its value, in order of the keys
//   struct                       its members
//
// There is no version: who writes and who reads are the same program, whose
// digest is part of the name of the file.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_TOOL_DRIVER_ANSWERCODEC_H
#define BOOTORDER_TOOL_DRIVER_ANSWERCODEC_H

#include "solve/SolveResult.h"
#include "tool/report/SourceExtents.h"
#include "llvm/ADT/StringRef.h"
#include <map>
#include <optional>
#include <string>

namespace bootorder {

/// What solving a tree gave, and what it rests on beside facts and rules.
struct Answer {
  /// Object of the unit that constants are evaluated like; empty: none.
  std::string LikeOutput;
  /// What the constants of the rules were, by name.
  std::map<std::string, int64_t> Constants;
  SourceExtents Extents;
  SolveResult Result; ///< with the counts of units
};

std::string encodeAnswer(const Answer &A);

/// None unless \p Bytes are what encodeAnswer() makes.
std::optional<Answer> decodeAnswer(llvm::StringRef Bytes);

} // namespace bootorder

#endif
