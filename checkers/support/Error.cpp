#include "support/Error.h"
#include "llvm/ADT/STLExtras.h"
#include <tuple>

using namespace llvm;

namespace bootorder {

char DiagnosticsError::ID = 0;

Error makeError(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

Error withContext(Error E, const Twine &Context) {
  Error Result = Error::success();
  handleAllErrors(
      std::move(E),
      [&](std::unique_ptr<DiagnosticsError> Diagnostics) {
        Result = joinErrors(std::move(Result), Error(std::move(Diagnostics)));
      },
      [&](const ErrorInfoBase &Info) {
        Error Named = makeError(Context + ": " + Info.message());
        Result = joinErrors(std::move(Result), std::move(Named));
      });
  return Result;
}

raw_ostream &operator<<(raw_ostream &OS, const Diagnostic &D) {
  if (D.Where.isValid()) {
    OS << D.Where.File << ':';
    if (D.Where.Line != 0)
      OS << D.Where.Line << ':' << D.Where.Column << ':';
    OS << ' ';
  }
  OS << "error: " << D.Message;
  if (!D.Suggestion.empty())
    OS << "; " << D.Suggestion;
  return OS << '\n';
}

static auto orderOf(const Diagnostic &D) {
  return std::tie(D.Where, D.Message, D.Suggestion);
}

DiagnosticsError::DiagnosticsError(std::vector<Diagnostic> Unsorted)
    : List(std::move(Unsorted)) {
  assert(!List.empty() && "an error needs at least one diagnostic");
  llvm::sort(List, [](const Diagnostic &A, const Diagnostic &B) {
    return orderOf(A) < orderOf(B);
  });
  List.erase(llvm::unique(List,
                          [](const Diagnostic &A, const Diagnostic &B) {
                            return orderOf(A) == orderOf(B);
                          }),
             List.end());
}

void DiagnosticsError::log(raw_ostream &OS) const {
  for (const Diagnostic &D : List)
    OS << D;
}

std::error_code DiagnosticsError::convertToErrorCode() const {
  return inconvertibleErrorCode();
}

void DiagnosticList::add(const SourceRange &Where, const Twine &Message,
                         const Twine &Suggestion) {
  List.push_back({Where, Message.str(), Suggestion.str()});
}

void DiagnosticList::add(const SourceRange &Where, Error E) {
  handleAllErrors(
      std::move(E),
      [&](const DiagnosticsError &Known) {
        llvm::append_range(List, Known.list());
      },
      [&](const ErrorInfoBase &Info) { add(Where, Info.message()); });
}

Error DiagnosticList::take() {
  if (List.empty())
    return Error::success();
  return make_error<DiagnosticsError>(std::exchange(List, {}));
}

} // namespace bootorder
