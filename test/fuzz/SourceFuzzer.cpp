/// \file
/// The text of C files and of changes to them: comments that suppress, and what
/// `git diff` prints.

#include "FuzzInput.h"
#include "solve/Allowances.h"
#include "tool/report/Change.h"

using namespace bootorder;
using llvm::StringRef;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  StringRef Text = textOf(Data, Size);
  AllowingFile File("a.c", Text);
  for (uint32_t Line : {0u, 1u, 3u, ~0u})
    for (uint32_t Column : {0u, 1u, 9u, ~0u})
      File.find(Line, Column, "early-sink");
  File.mistakes({"early-sink"});
  CommentedSource Source = readComments(Text);
  mustHold(!Source.Code.empty());
  for (const SourceComment &Comment : Source.Comments)
    mustHold(1 <= Comment.FirstLine && Comment.FirstLine <= Comment.LastLine &&
             Comment.LastLine <= Source.Code.size());
  llvm::Expected<ChangedLines> Changed = parseDiff(Text);
  if (succeeded(Changed))
    touches(*Changed, "a.c", 1, 10);
  return 0;
}
