#include "support/Error.h"
#include "tool/capture/Capture.h"
#include "tool/capture/RunProcess.h"

using namespace llvm;

namespace bootorder {

Error identifyCompiler(CapturedTree &Tree) {
  if (Tree.Compiler.empty())
    return makeError(
        "Kbuild names no compiler; give one with 'CC=' or 'LLVM='");
  std::vector<std::string> Words = Tree.Compiler;
  Words.push_back("--version");
  Expected<ProcessResult> Said = runProcess(Words, /*Added=*/{});
  if (!Said)
    return withContext(Said.takeError(), "the compiler of this tree");
  StringRef First = StringRef(Said->Output).split('\n').first;
  Tree.CompilerVersion = First.str();
  Tree.Kind = First.contains("clang") ? CompilerKind::Clang : CompilerKind::Gcc;
  return Error::success();
}

} // namespace bootorder
