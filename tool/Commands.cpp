#include "tool/Commands.h"

#include "support/Error.h"
#include "llvm/Support/raw_ostream.h"

using namespace bootorder;

void CommandResult::fail(ExitStatus Why, llvm::Error E) {
  assert(E && "a success cannot fail a command");
  Status = Why;
  llvm::handleAllErrors(
      std::move(E),
      [](const DiagnosticsError &Located) { Located.log(llvm::errs()); },
      [](const llvm::ErrorInfoBase &Other) {
        llvm::errs() << "bootorder: error: " << Other.message() << '\n';
      });
}
