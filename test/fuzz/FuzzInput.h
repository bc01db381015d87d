//===- FuzzInput.h - what the fuzz targets share --------------------------===//

#ifndef BOOTORDER_TEST_FUZZ_FUZZINPUT_H
#define BOOTORDER_TEST_FUZZ_FUZZINPUT_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>
#include <string>
#include <vector>

namespace bootorder {

/// Between the files of an input that has several.
constexpr llvm::StringLiteral FileBreak = "\n#--- next file\n";

inline llvm::StringRef textOf(const uint8_t *Data, size_t Size) {
  return {reinterpret_cast<const char *>(Data), Size};
}

inline std::vector<std::string> filesOf(llvm::StringRef Text) {
  llvm::SmallVector<llvm::StringRef, 4> Parts;
  Text.split(Parts, FileBreak);
  return {Parts.begin(), Parts.end()};
}

/// Ends the target, which libFuzzer takes for a crash, unless \p Holds: what is
/// asserted of valid and invalid input alike.
inline void mustHold(bool Holds) {
  if (!Holds)
    std::abort();
}

/// Gives what \p Result has, which our own words must have led to.
template <typename T> T certain(llvm::Expected<T> Result) {
  if (Result)
    return std::move(*Result);
  llvm::errs() << llvm::toString(Result.takeError()) << '\n';
  std::abort();
}

/// An error is as good an answer as any, but it has to say something.
template <typename T> bool succeeded(llvm::Expected<T> &Result) {
  if (Result)
    return true;
  mustHold(!llvm::toString(Result.takeError()).empty());
  return false;
}

} // namespace bootorder

#endif
