#include "tool/report/SourceLines.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/LineIterator.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace bootorder {

std::optional<StringRef> SourceLines::content(StringRef File) {
  if (File.empty())
    return std::nullopt;
  auto [Entry, IsNew] = Files.try_emplace(File);
  if (IsNew) {
    SmallString<256> Path(File);
    if (!sys::path::is_absolute(Path)) {
      Path = Root;
      sys::path::append(Path, File);
    }
    // To open a pipe is to wait for a writer.
    if (sys::fs::is_regular_file(Path))
      if (auto Buffer = MemoryBuffer::getFile(Path))
        Entry->second = std::move(*Buffer);
  }
  if (!Entry->second)
    return std::nullopt;
  return Entry->second->getBuffer();
}

std::optional<StringRef> SourceLines::line(const SourcePlace &Place) {
  if (Place.Line == 0 || !content(Place.File))
    return std::nullopt;
  for (line_iterator Line(*Files[Place.File], /*SkipBlanks=*/false);
       !Line.is_at_end(); ++Line)
    if (Line.line_number() == Place.Line)
      return *Line;
  return std::nullopt;
}

size_t identifierLength(StringRef Line, uint32_t Column) {
  if (Column == 0 || Column > Line.size())
    return 1;
  StringRef Rest = Line.drop_front(Column - 1);
  size_t Length =
      Rest.take_while([](char C) { return isAlnum(C) || C == '_'; }).size();
  return Length == 0 ? 1 : Length;
}

} // namespace bootorder
