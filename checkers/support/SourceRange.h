#ifndef BOOTORDER_SUPPORT_SOURCERANGE_H
#define BOOTORDER_SUPPORT_SOURCERANGE_H

#include <string>
#include <tuple>

namespace bootorder {

/// A stretch of one line of a text file that a message can point at.
///
/// Units: line and column count from 1, length is in bytes. Line 0 means that
/// the file as a whole is meant; an empty file name means "nowhere".
struct SourceRange {
  std::string File;
  unsigned Line = 0;
  unsigned Column = 0;
  unsigned Length = 0;

  bool isValid() const { return !File.empty(); }

  friend bool operator==(const SourceRange &A, const SourceRange &B) {
    return A.key() == B.key();
  }
  friend bool operator<(const SourceRange &A, const SourceRange &B) {
    return A.key() < B.key();
  }

private:
  std::tuple<const std::string &, unsigned, unsigned, unsigned> key() const {
    return {File, Line, Column, Length};
  }
};

} // namespace bootorder

#endif // BOOTORDER_SUPPORT_SOURCERANGE_H
