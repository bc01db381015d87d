#include "tool/report/JsonParts.h"
#include "tool/report/LineHash.h"
#include "tool/report/SarifWriter.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace bootorder {

/// What the run calls the kernel root; GitHub and editors know the name.
static constexpr char RootId[] = "%SRCROOT%";

std::string uriOf(StringRef Path) {
  std::string Uri;
  for (char C : Path) {
    if (isAlnum(C) || StringRef("/-._~+,=@").contains(C)) {
      Uri += C;
      continue;
    }
    Uri += '%';
    Uri += utohexstr(static_cast<uint8_t>(C), /*LowerCase=*/false, /*Width=*/2);
  }
  return Uri;
}

/// Columns count UTF-16 units in SARIF, bytes in ours.
static size_t columnOf(StringRef Line, size_t Bytes) {
  return utf16Units(Line.take_front(Bytes)).size() + 1;
}

void SarifWriter::writeFile(StringRef File) {
  J.attributeObject("artifactLocation", [&] {
    J.attribute("uri", uriOf(File));
    if (!StringRef(File).starts_with("/"))
      J.attribute("uriBaseId", RootId);
  });
}

void SarifWriter::writeRegion(const SourcePlace &Place, bool WithText) {
  std::optional<StringRef> Line = Lines.line(Place);
  J.attributeObject("region", [&] {
    J.attribute("startLine", Place.Line);
    if (Line && Place.Column != 0 && Place.Column <= Line->size()) {
      size_t Length = identifierLength(*Line, Place.Column);
      J.attribute("startColumn",
                  static_cast<int64_t>(columnOf(*Line, Place.Column - 1)));
      J.attribute("endColumn", static_cast<int64_t>(
                                   columnOf(*Line, Place.Column - 1 + Length)));
      if (WithText)
        J.attributeObject("snippet", [&] {
          J.attribute("text", text(Line->substr(Place.Column - 1, Length)));
        });
      return;
    }
    if (Place.Column != 0)
      J.attribute("startColumn", Place.Column);
  });
  if (!WithText || !Line)
    return;
  J.attributeObject("contextRegion", [&] {
    uint32_t First = Place.Line > 1 ? Place.Line - 1 : Place.Line;
    std::string Text;
    uint32_t Last = First;
    for (uint32_t At = First; At <= Place.Line + 1; ++At)
      if (std::optional<StringRef> Near = Lines.line({Place.File, At, 0})) {
        Text += (*Near + "\n").str();
        Last = At;
      }
    J.attribute("startLine", First);
    J.attribute("endLine", Last);
    J.attributeObject("snippet", [&] { J.attribute("text", text(Text)); });
  });
}

void SarifWriter::writePhysical(const SourcePlace &Place, bool WithText) {
  J.attributeObject("physicalLocation", [&] {
    writeFile(Place.File);
    if (Place.Line != 0)
      writeRegion(Place, WithText);
  });
}

void SarifWriter::writeLocation(const SourcePlace &Place, StringRef Function,
                                StringRef Text, unsigned Number) {
  if (Number != 0)
    J.attribute("id", Number);
  writePhysical(Place, /*WithText=*/false);
  if (!Function.empty())
    J.attributeArray("logicalLocations", [&] {
      J.object([&] {
        J.attribute("name", text(Function));
        J.attribute("fullyQualifiedName", text(Function));
        J.attribute("kind", "function");
      });
    });
  if (!Text.empty())
    writeMessage("message", Text);
}

const std::string *SarifWriter::lineHash(const SourcePlace &Place) {
  std::optional<StringRef> Content = Lines.content(Place.File);
  if (!Content || Place.Line == 0)
    return nullptr;
  auto [Entry, IsNew] = Hashes.try_emplace(Place.File);
  if (IsNew)
    Entry->second = lineHashes(*Content);
  if (Place.Line > Entry->second.size())
    return nullptr;
  return &Entry->second[Place.Line - 1];
}

} // namespace bootorder
