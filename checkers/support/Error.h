#ifndef BOOTORDER_SUPPORT_ERROR_H
#define BOOTORDER_SUPPORT_ERROR_H

#include "support/SourceRange.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"
#include <string>
#include <vector>

namespace bootorder {

/// An error that is only a message: lower case, no full stop, names quoted,
/// ending in what the reader can do.
llvm::Error makeError(const llvm::Twine &Message);

/// Puts "<Context>: " in front of every message in \p E. Success stays success.
/// A list of diagnostics is left as it is: it already says where it happened.
llvm::Error withContext(llvm::Error E, const llvm::Twine &Context);

/// One mistake in an input file.
struct Diagnostic {
  SourceRange Where;
  std::string Message;
  /// What to write instead, as half a sentence; may be empty.
  std::string Suggestion;
};

/// Prints "file:line:column: error: message; suggestion" and a line end.
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Diagnostic &D);

/// Every mistake found in one run, in the order of files and lines.
class DiagnosticsError : public llvm::ErrorInfo<DiagnosticsError> {
public:
  static char ID;

  explicit DiagnosticsError(std::vector<Diagnostic> List);

  /// Never empty; sorted by place, the same mistake once.
  llvm::ArrayRef<Diagnostic> list() const { return List; }

  void log(llvm::raw_ostream &OS) const override;
  std::error_code convertToErrorCode() const override;

private:
  std::vector<Diagnostic> List;
};

/// Collects mistakes while reading goes on.
class DiagnosticList {
public:
  void add(const SourceRange &Where, const llvm::Twine &Message,
           const llvm::Twine &Suggestion = "");

  /// Takes over what \p E says: its diagnostics, or its text at \p Where.
  void add(const SourceRange &Where, llvm::Error E);

  bool empty() const { return List.empty(); }

  /// Success if nothing was added; afterwards the list is empty.
  llvm::Error take();

private:
  std::vector<Diagnostic> List;
};

} // namespace bootorder

#endif // BOOTORDER_SUPPORT_ERROR_H
