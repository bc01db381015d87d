#include "support/Json.h"
#include "support/Error.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace bootorder {

/// Where \p Content is nested deeper than MaxJsonDepth; npos: nowhere.
static size_t findTooDeep(StringRef Content) {
  unsigned Depth = 0;
  bool IsInText = false;
  for (size_t At = 0; At < Content.size(); ++At) {
    char C = Content[At];
    if (IsInText && C == '\\')
      ++At;
    else if (C == '"')
      IsInText = !IsInText;
    else if (!IsInText && (C == '[' || C == '{') && ++Depth > MaxJsonDepth)
      return At;
    else if (!IsInText && (C == ']' || C == '}') && Depth != 0)
      --Depth;
  }
  return StringRef::npos;
}

static Error mistakeAt(StringRef File, unsigned Line, unsigned Column,
                       const Twine &Message, const Twine &Remedy) {
  DiagnosticList List;
  // At the start of a line, which an end of file is, its column is 0.
  List.add({File.str(), Line, std::max(1u, Column), 1},
           "this is not JSON: " + Message, Remedy);
  return List.take();
}

/// llvm::json says `[3:7, byte=40]: Expected ...`; compilers say `file:3:7:`.
static Error withPlace(StringRef File, Error E, const Twine &Remedy) {
  std::string Said = toString(std::move(E));
  auto [Place, Message] = StringRef(Said).split("]: ");
  unsigned Line = 0, Column = 0;
  auto [LineText, Rest] = Place.drop_front().split(':');
  if (LineText.getAsInteger(10, Line) ||
      Rest.take_while(isDigit).getAsInteger(10, Column))
    return mistakeAt(File, 0, 0, Said, Remedy);
  return mistakeAt(File, Line, Column, Message.lower(), Remedy);
}

Expected<json::Value> parseJson(StringRef Content, StringRef File,
                                const Twine &Remedy) {
  size_t TooDeep = findTooDeep(Content);
  if (TooDeep != StringRef::npos) {
    StringRef Before = Content.take_front(TooDeep);
    return mistakeAt(File, Before.count('\n') + 1,
                     TooDeep - (Before.rfind('\n') + 1) + 1,
                     "lists and objects are nested deeper than " +
                         Twine(MaxJsonDepth),
                     Remedy);
  }
  Expected<json::Value> Value = json::parse(Content);
  if (Value)
    return Value;
  return withPlace(File, Value.takeError(), Remedy);
}

json::Value jsonText(StringRef Text) { return json::fixUTF8(Text); }

} // namespace bootorder
