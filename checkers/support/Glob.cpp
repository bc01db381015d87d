#include "support/Glob.h"
#include "support/Error.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/GlobPattern.h"

using namespace llvm;

namespace bootorder {

/// Patterns refer to the strings in Texts, so neither changes once built.
struct GlobSet::State {
  std::vector<std::string> Texts;
  StringSet<> Plain;
  std::vector<GlobPattern> Patterns;
};

GlobSet::GlobSet() = default;

bool GlobSet::isPattern(StringRef Text) {
  return Text.find_first_of("*?[") != StringRef::npos;
}

Expected<GlobSet> GlobSet::create(ArrayRef<std::string> Patterns) {
  GlobSet Result;
  if (Patterns.empty())
    return Result;
  auto Built = std::make_shared<State>();
  Built->Texts.assign(Patterns.begin(), Patterns.end());
  for (const std::string &Text : Built->Texts) {
    if (!isPattern(Text)) {
      Built->Plain.insert(Text);
      continue;
    }
    Expected<GlobPattern> Pattern = GlobPattern::create(Text);
    if (!Pattern)
      return withContext(Pattern.takeError(),
                         "malformed pattern '" + Text + "'");
    Built->Patterns.push_back(std::move(*Pattern));
  }
  Result.Shared = std::move(Built);
  return Result;
}

bool GlobSet::matches(StringRef Name) const {
  if (!Shared)
    return false;
  return Shared->Plain.contains(Name) ||
         any_of(Shared->Patterns,
                [&](const GlobPattern &P) { return P.match(Name); });
}

bool GlobSet::empty() const { return !Shared; }

ArrayRef<std::string> GlobSet::patterns() const {
  return Shared ? ArrayRef<std::string>(Shared->Texts)
                : ArrayRef<std::string>();
}

} // namespace bootorder
