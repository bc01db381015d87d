#include "support/Suggest.h"
#include "llvm/ADT/Twine.h"
#include <algorithm>

using namespace llvm;

namespace bootorder {

static constexpr size_t LongestListedChoice = 8;

StringRef nearestWord(StringRef Word, ArrayRef<StringRef> Known) {
  unsigned Limit = std::max<unsigned>(1, Word.size() / 3);
  StringRef Best;
  for (StringRef Candidate : Known) {
    unsigned Distance = Word.edit_distance_insensitive(
        Candidate, /*AllowReplacements=*/true, /*MaxEditDistance=*/Limit);
    if (Distance > Limit)
      continue;
    Best = Candidate;
    if (Distance == 0)
      break;
    Limit = Distance - 1;
  }
  return Best;
}

std::string suggestWord(StringRef Word, ArrayRef<StringRef> Known) {
  if (StringRef Near = nearestWord(Word, Known); !Near.empty())
    return ("did you mean '" + Twine(Near) + "'?").str();
  if (Known.empty() || Known.size() > LongestListedChoice)
    return "";
  std::string Text = "expected one of ";
  for (StringRef Candidate : Known) {
    if (Candidate != Known.front())
      Text += ", ";
    Text += ("'" + Twine(Candidate) + "'").str();
  }
  return Text;
}

} // namespace bootorder
