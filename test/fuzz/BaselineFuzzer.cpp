/// \file
/// Baselines: what is accepted can be edited, and is still a baseline then.

#include "FuzzInput.h"
#include "tool/report/Baseline.h"

using namespace bootorder;
using llvm::StringRef;

static void mustParse(const std::string &Text, size_t Entries) {
  Baseline Edited = certain(parseBaseline(Text, "edited"));
  mustHold(Edited.Entries.size() == Entries);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  llvm::Expected<Baseline> Read =
      parseBaseline(textOf(Data, Size), "baseline.yaml");
  if (!succeeded(Read))
    return 0;
  for (const BaselineEntry &Entry : Read->Entries)
    hasExpired(Entry.Expires, "2026-01-01", "6.12.1");
  mustParse(editedText(*Read, editOf(*Read)), Read->Entries.size());
  if (Read->Entries.empty())
    return 0;
  BaselineEdit Drop = editOf(*Read);
  Drop.IsDropped.front() = true;
  Drop.IsChanged.back() = true;
  mustParse(editedText(*Read, Drop), Read->Entries.size() - 1);
  return 0;
}
