/// \file
/// The text of a baseline: entries are written anew only if they change.

#include "tool/report/Baseline.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;

namespace bootorder {

static constexpr char Header[] =
    "# Findings of bootorder that this tree keeps for now; see "
    "docs/baseline.md "
    "there.\n"
    "# Entries match by fingerprint. Every root is listed: one that comes in "
    "addition makes the finding new.\n"
    "bootorder-baseline: 1\n";

/// Names of the C language, numbers and paths stand as they are; all else is
/// quoted.
static std::string scalar(StringRef Text) {
  bool IsPlain = !Text.empty() && all_of(Text, [](char C) {
    return isAlnum(C) || StringRef("_/.-+").contains(C);
  });
  if (IsPlain && isAlpha(Text.front()) && !Text.ends_with("."))
    return Text.str();
  std::string Quoted = "\"";
  for (char C : Text) {
    if (C == '"' || C == '\\')
      Quoted += '\\';
    if (static_cast<unsigned char>(C) < ' ')
      C = ' ';
    Quoted += C;
  }
  return Quoted + "\"";
}

static std::string entryText(const BaselineEntry &Entry) {
  std::string Text;
  raw_string_ostream OS(Text);
  OS << "  - fingerprint: " << scalar(Entry.Fingerprint) << "\n"
     << "    rule: " << scalar(Entry.Rule) << "\n";
  if (!Entry.Arch.empty())
    OS << "    arch: " << scalar(Entry.Arch) << "\n";
  OS << "    in: " << scalar(Entry.In) << "\n"
     << "    chain: " << scalar(Entry.Chain) << "\n";
  if (!Entry.Roots.empty()) // a finding about a comment has none
    OS << "    roots:\n";
  for (const std::string &Root : Entry.Roots)
    OS << "      - " << scalar(Root) << "\n";
  OS << "    owner: " << scalar(Entry.Owner) << "\n"
     << "    reason: " << scalar(Entry.Reason) << "\n";
  if (!Entry.Expires.Text.empty())
    OS << "    expires: " << scalar(Entry.Expires.Text) << "\n";
  return Text;
}

BaselineEntry entryOf(const Finding &F, StringRef Arch, const Acceptance &By) {
  BaselineEntry Entry;
  Entry.Fingerprint = F.Fingerprint;
  Entry.Rule = F.Rule;
  Entry.Arch = Arch.str();
  Entry.Roots = F.Roots;
  Entry.In = F.Function + ", " + F.Place.File;
  std::vector<std::string> Names;
  for (const WitnessFrame &Frame : F.Path)
    Names.push_back(Frame.Function);
  Names.push_back(F.Sink);
  Entry.Chain = join(Names, " > ");
  Entry.Owner = By.Owner;
  Entry.Reason = By.Reason;
  Entry.Expires.Text = By.Expires;
  return Entry;
}

BaselineEdit editOf(const Baseline &B) {
  BaselineEdit Edit;
  Edit.Replaced = B.Entries;
  Edit.IsChanged.resize(B.Entries.size());
  Edit.IsDropped.resize(B.Entries.size());
  return Edit;
}

/// Line numbers from 1: where the entries begin, ascending, then the end.
static std::vector<size_t> bounds(const Baseline &B, size_t Lines) {
  std::vector<size_t> Starts;
  for (const BaselineEntry &Entry : B.Entries)
    Starts.push_back(Entry.Where.Line);
  Starts.push_back(Lines + 1);
  return Starts;
}

/// All of it written anew, when there is nothing of people's to keep.
static std::string freshText(const Baseline &B, const BaselineEdit &Edit) {
  std::string Text = Header;
  if (!B.Directories.empty()) {
    Text += "directories:\n";
    for (const std::string &Directory : B.Directories)
      Text += "  - " + scalar(Directory) + "\n";
  }
  if (Edit.Added.empty())
    return Text + "findings: []\n";
  Text += "findings:\n";
  for (const BaselineEntry &Entry : Edit.Added)
    Text += entryText(Entry);
  return Text;
}

std::string editedText(const Baseline &B, const BaselineEdit &Edit) {
  if (B.Entries.empty() ||
      (Edit.Added.empty() && all_of(Edit.IsDropped, [](bool D) { return D; })))
    return freshText(B, Edit);
  SmallVector<StringRef, 0> Lines;
  StringRef(B.Text).rtrim('\n').split(Lines, '\n');
  std::vector<size_t> Starts = bounds(B, Lines.size());
  std::string Text;
  auto Copy = [&](size_t From, size_t To) {
    for (size_t Line = From; Line != To; ++Line)
      Text += (Lines[Line - 1] + "\n").str();
  };
  Copy(1, Starts.front());
  for (size_t I = 0; I != B.Entries.size(); ++I) {
    if (Edit.IsDropped[I])
      continue;
    if (Edit.IsChanged[I])
      Text += entryText(Edit.Replaced[I]);
    else
      Copy(Starts[I], Starts[I + 1]);
  }
  for (const BaselineEntry &Entry : Edit.Added)
    Text += entryText(Entry);
  return Text;
}

} // namespace bootorder
