#include "tool/report/Matrix.h"

#include "solve/FindingText.h"
#include "support/Error.h"
#include "tool/report/JsonParts.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include <map>

using namespace llvm;

namespace bootorder {

bool MatrixRow::isDiffering() const {
  return is_contained(Says, BuildSays::None);
}

//===----------------------------------------------------------------------===//
// Joining
//===----------------------------------------------------------------------===//

static bool hasPlace(const KnownReport &Build, const KnownFinding &F) {
  auto File = Build.Sources->find(F.Place.File);
  if (File == Build.Sources->end())
    return false;
  return !Build.HasFunctions || F.Function.empty() ||
         any_of(File->second, [&](const FunctionExtent &Extent) {
           return Extent.Name == F.Function;
         });
}

/// What \p Build says of a finding that it does not report.
static BuildSays saysOf(const KnownReport &Build, const KnownFinding &F) {
  if (Build.Suppressed.count(F.Fingerprint) != 0)
    return BuildSays::Suppressed;
  if (any_of(Build.Findings, [&](const KnownFinding &Other) {
        return Other.Rule == F.Rule && Other.Function == F.Function &&
               Other.Place.File == F.Place.File;
      }))
    return BuildSays::Elsewhere;
  if (!Build.Sources)
    return BuildSays::Unknown;
  if (!hasPlace(Build, F))
    return BuildSays::Absent;
  return Build.IsComplete ? BuildSays::None : BuildSays::Unknown;
}

Matrix joinReports(std::vector<KnownReport> Builds) {
  Matrix M;
  // A fingerprint, and which of those that share it.
  std::map<std::pair<std::string, size_t>, size_t> RowOf;
  for (size_t B = 0; B < Builds.size(); ++B) {
    std::map<std::string, size_t> Seen;
    for (const KnownFinding &F : Builds[B].Findings) {
      auto [Row, IsNew] = RowOf.try_emplace(
          {F.Fingerprint, Seen[F.Fingerprint]++}, M.Rows.size());
      if (IsNew) {
        MatrixRow &New = M.Rows.emplace_back();
        New.Finding = F;
        for (const KnownReport &Build : Builds)
          New.Says.push_back(saysOf(Build, F));
      }
      M.Rows[Row->second].Says[B] = BuildSays::Finding;
    }
  }
  llvm::sort(M.Rows, [](const MatrixRow &A, const MatrixRow &B) {
    return std::tie(A.Finding.Place.File, A.Finding.Place.Line, A.Finding.Rule,
                    A.Finding.Fingerprint, A.Says) <
           std::tie(B.Finding.Place.File, B.Finding.Place.Line, B.Finding.Rule,
                    B.Finding.Fingerprint, B.Says);
  });
  M.Builds = std::move(Builds);
  return M;
}

Error nameBuilds(std::vector<KnownReport> &Builds,
                 const std::vector<std::string> &Wanted) {
  std::map<std::string, size_t> OfArch, Names;
  for (const KnownReport &Build : Builds)
    ++OfArch[Build.Arch];
  for (size_t B = 0; B < Builds.size(); ++B) {
    KnownReport &Build = Builds[B];
    std::string Name = Build.Arch;
    if (Name.empty())
      Name = Build.Name;
    else if (OfArch[Build.Arch] > 1 && !Build.Configuration.empty())
      Name += "/" + Build.Configuration;
    if (!Wanted[B].empty())
      Name = Wanted[B];
    if (!Names.try_emplace(Name, B).second)
      return makeError("'" + Builds[Names[Name]].Name + "' and '" + Build.Name +
                       "' are both of build '" + Name +
                       "'; call them NAME=" + Build.Name);
  }
  for (const auto &[Name, B] : Names)
    Builds[B].Name = Name;
  return Error::success();
}

std::vector<std::string> buildsThatSay(const Matrix &M, const MatrixRow &Row,
                                       BuildSays What) {
  std::vector<std::string> Names;
  for (size_t B = 0; B < M.Builds.size(); ++B)
    if (Row.Says[B] == What)
      Names.push_back(M.Builds[B].Name);
  return Names;
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

static bool isPrinted(const MatrixRow &Row, const MatrixOptions &Options) {
  return !Options.OnlyDiffering || Row.isDiffering();
}

/// `on arm, ppc64; not on arm64; suppressed on x86; no such code on riscv`.
static std::string saysText(const Matrix &M, const MatrixRow &Row) {
  std::string Text;
  for (auto [What, Words] :
       {std::pair(BuildSays::Finding, "on "),
        std::pair(BuildSays::Elsewhere, "decided elsewhere on "),
        std::pair(BuildSays::None, "not on "),
        std::pair(BuildSays::Suppressed, "suppressed on "),
        std::pair(BuildSays::Absent, "no such code on "),
        std::pair(BuildSays::Unknown, "not known of ")}) {
    std::vector<std::string> Names = buildsThatSay(M, Row, What);
    if (Names.empty())
      continue;
    bool IsAll = What == BuildSays::Finding && Names.size() > 1 &&
                 Names.size() == M.Builds.size();
    Text += (Text.empty() ? "" : "; ") +
            (IsAll ? "on all builds" : Words + join(Names, ", "));
  }
  return Text;
}

static size_t countOn(const Matrix &M, size_t Build, StringRef Severity) {
  return count_if(M.Rows, [&](const MatrixRow &Row) {
    return Row.Says[Build] == BuildSays::Finding &&
           Row.Finding.Severity == Severity;
  });
}

static void printBuilds(raw_ostream &OS, const Matrix &M) {
  size_t Width = 5;
  for (const KnownReport &Build : M.Builds)
    Width = std::max(Width, Build.Name.size());
  auto Column = [&](StringRef Name) { return left_justify(Name, Width); };
  OS << "  " << Column("build") << "  errors  warnings  only there\n";
  for (size_t B = 0; B < M.Builds.size(); ++B) {
    size_t Only = count_if(M.Rows, [&](const MatrixRow &Row) {
      return Row.Says[B] == BuildSays::Finding &&
             count(Row.Says, BuildSays::Finding) == 1;
    });
    OS << "  " << Column(M.Builds[B].Name)
       << formatv("{0,8}{1,10}{2,12}", countOn(M, B, "error"),
                  countOn(M, B, "warning"), Only);
    if (!M.Builds[B].IsComplete)
      OS << "  incomplete: findings may be missing";
    OS << "\n";
  }
}

void printMatrix(raw_ostream &OS, const Matrix &M,
                 const MatrixOptions &Options) {
  for (const MatrixRow &Row : M.Rows) {
    if (!isPrinted(Row, Options))
      continue;
    const KnownFinding &F = Row.Finding;
    OS << placeText(F.Place) << ": " << F.Severity << ": " << F.Message;
    if (!F.Function.empty())
      OS << ", in '" << F.Function << "'";
    OS << " [bootorder-" << F.Rule << "]\n  " << saysText(M, Row) << "\n";
  }
  size_t Differing =
      count_if(M.Rows, [](const MatrixRow &Row) { return Row.isDiffering(); });
  OS << countText(M.Rows.size(), "finding") << " in "
     << countText(M.Builds.size(), "build") << "; of " << countText(Differing)
     << " some builds that have the code are free\n";
  printBuilds(OS, M);
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

static void writeRow(json::OStream &J, const Matrix &M, const MatrixRow &Row) {
  J.object([&] {
    writeFinding(J, Row.Finding);
    writeList(J, "on", buildsThatSay(M, Row, BuildSays::Finding));
    writeList(J, "elsewhereOn", buildsThatSay(M, Row, BuildSays::Elsewhere));
    writeList(J, "notOn", buildsThatSay(M, Row, BuildSays::None));
    writeList(J, "suppressedOn", buildsThatSay(M, Row, BuildSays::Suppressed));
    writeList(J, "absentOn", buildsThatSay(M, Row, BuildSays::Absent));
    writeList(J, "unknownOn", buildsThatSay(M, Row, BuildSays::Unknown));
  });
}

void printMatrixJson(raw_ostream &OS, const Matrix &M, StringRef Version,
                     const MatrixOptions &Options) {
  json::OStream J(OS, /*IndentSize=*/2);
  J.object([&] {
    J.attribute("version", Version);
    J.attributeArray("builds", [&] {
      for (size_t B = 0; B < M.Builds.size(); ++B)
        J.object([&] {
          J.attribute("name", text(M.Builds[B].Name));
          J.attribute("kernel", text(M.Builds[B].Kernel));
          J.attribute("arch", text(M.Builds[B].Arch));
          J.attribute("configuration", text(M.Builds[B].Configuration));
          J.attribute("complete", M.Builds[B].IsComplete);
          J.attribute("errors", countOn(M, B, "error"));
          J.attribute("warnings", countOn(M, B, "warning"));
        });
    });
    J.attributeArray("findings", [&] {
      for (const MatrixRow &Row : M.Rows)
        if (isPrinted(Row, Options))
          writeRow(J, M, Row);
    });
  });
  OS << "\n";
}

} // namespace bootorder
