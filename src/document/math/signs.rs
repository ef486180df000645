//! The signs of formulas in Unicode.

/// Commands and their signs.
const SIGNS: &str = "alpha α  beta β  gamma γ  delta δ  epsilon ϵ  varepsilon ε  zeta ζ  eta η  theta θ  iota ι  kappa κ \
    lambda λ  mu μ  nu ν  xi ξ  pi π  rho ρ  sigma σ  tau τ  upsilon υ  phi ϕ  varphi φ  chi χ  psi ψ \
    omega ω  Gamma Γ  Delta Δ  Theta Θ  Lambda Λ  Xi Ξ  Pi Π  Sigma Σ  Phi Φ  Psi Ψ  Omega Ω  infty ∞ \
    partial ∂  nabla ∇  emptyset ∅  ell ℓ  sum ∑  prod ∏  int ∫  oint ∮  neg ¬  forall ∀  exists ∃ \
    circ ∘  ldots …  dots …  cdots ⋯  vdots ⋮  lfloor ⌊  rfloor ⌋  lceil ⌈  rceil ⌉  langle ⟨  rangle ⟩ \
    prime ′";

/// Those that stand between two things, with blanks around them.
const BETWEEN: &str = "times ×  div ÷  cdot ·  pm ±  mp ∓  leq ≤  le ≤  geq ≥  ge ≥  neq ≠  ne ≠  approx ≈  equiv ≡  sim ∼ \
    simeq ≃  propto ∝  ll ≪  gg ≫  in ∈  notin ∉  subset ⊂  subseteq ⊆  supset ⊃  cup ∪  cap ∩ \
    setminus ∖  land ∧  wedge ∧  lor ∨  vee ∨  to →  rightarrow →  leftarrow ←  leftrightarrow ↔ \
    Rightarrow ⇒  Leftarrow ⇐  Leftrightarrow ⇔  implies ⟹  iff ⟺  mapsto ↦  mid ∣  oplus ⊕  otimes ⊗ \
    log log  ln ln  exp exp  sin sin  cos cos  tan tan  max max  min min  lim lim  gcd gcd  mod mod \
    bmod mod";

/// The sign of a command.
pub(super) fn sign(name: &str) -> Option<String> {
    let blank = match name {
        "quad" | "qquad" | "," | ";" | ":" | " " => " ",
        "!" => "",
        "\\" => "\n",
        "|" => "‖",
        "{" | "}" | "$" | "%" | "#" | "&" | "_" => name,
        _ => return find(SIGNS, name).map(str::to_owned).or_else(|| Some(format!(" {} ", find(BETWEEN, name)?))),
    };
    Some(blank.to_owned())
}

fn find(table: &'static str, name: &str) -> Option<&'static str> {
    let mut words = table.split_whitespace();
    while let Some(written) = words.next() {
        let sign = words.next();
        if written == name {
            return sign;
        }
    }
    None
}

const RAISED: (&str, &str) =
    ("0123456789+-−=()abcdefghijklmnoprstuvwxyz′", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ′");
const LOWERED: (&str, &str) = ("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ");

/// What stands raised or lowered, if all of it has such a form; a plain word or number also after its mark.
pub(super) fn script(mark: char, words: &str) -> Option<String> {
    let words: String = words.split_whitespace().collect();
    let (from, to) = if mark == '^' { RAISED } else { LOWERED };
    let form = |c| from.chars().zip(to.chars()).find(|(written, _)| *written == c).map(|(_, form)| form);
    let small: Option<String> = words.chars().map(form).collect();
    let is_plain = !words.is_empty() && words.chars().all(|c| c.is_ascii_alphanumeric());
    match small {
        _ if words.is_empty() => None,
        Some(small) => Some(small),
        None if is_plain && words.len() == 1 => Some(format!("{mark}{words}")),
        None if is_plain => Some(format!("{mark}({words})")),
        None => None,
    }
}

/// The letters of number sets.
pub(super) fn double_struck(letters: &str) -> Option<String> {
    const FORMS: (&str, &str) = ("CHNPQRZE", "ℂℍℕℙℚℝℤ𝔼");
    letters
        .chars()
        .map(|c| FORMS.0.chars().zip(FORMS.1.chars()).find(|(from, _)| *from == c).map(|(_, to)| to))
        .collect()
}
