//! Pictures of few colours as a list of colours and a number a pixel.

use resvg::tiny_skia::Pixmap;

/// Colours a palette may hold.
const MOST: usize = 256;
/// Colours up to which the rarer ones are replaced by the nearest of the others. A chart has up to
/// 700: edges of letters and marks on many grounds, each in a few pixels.
const MOST_REPLACED: usize = 2048;
/// At most one in so many runs of pixels changes its colour.
const RAREST: u64 = 20;
/// Places to look a colour up, a power of two well above the colours there can be.
const PLACES: usize = 8192;

/// A picture by numbers of colours.
pub(crate) struct Indexed {
    /// Red, green and blue of each colour, at most 256.
    pub colours: Vec<u8>,
    /// The number of each pixel's colour, row by row.
    pub pixels: Vec<u8>,
}

/// The colours met so far and in how many runs.
struct Seen {
    places: Vec<Option<u16>>,
    colours: Vec<([u8; 4], u32)>,
}

/// An opaque picture by colours; `None` when it has far too many of them.
pub(crate) fn indexed(paper: &Pixmap) -> Option<Indexed> {
    let mut seen = Seen { places: vec![None; PLACES], colours: Vec::new() };
    let width = paper.width() as usize;
    let mut numbers: Vec<u16> = Vec::with_capacity(width * paper.height() as usize);
    let mut above: &[u8] = &[];
    for row in paper.data().chunks_exact(width * 4) {
        // Bars and grounds go on over many rows.
        if row == above {
            numbers.extend_from_within(numbers.len() - width..);
            continue;
        }
        let mut pixels = row.as_chunks::<4>().0.iter();
        let mut last = *pixels.next()?;
        let mut number = seen.number(last)?;
        numbers.push(number);
        for pixel in pixels {
            if *pixel != last {
                last = *pixel;
                number = seen.number(last)?;
            }
            numbers.push(number);
        }
        above = row;
    }
    let (colours, kept) = seen.kept()?;
    Some(Indexed { colours, pixels: numbers.into_iter().map(|number| kept[usize::from(number)]).collect() })
}

impl Seen {
    fn number(&mut self, colour: [u8; 4]) -> Option<u16> {
        // Fibonacci hashing: the upper bits of the product depend on all channels.
        let hash = u32::from_le_bytes(colour).wrapping_mul(0x9e37_79b1);
        let mut place = (hash >> (u32::BITS - PLACES.trailing_zeros())) as usize;
        loop {
            match self.places[place] {
                Some(number) => {
                    let (known, count) = &mut self.colours[usize::from(number)];
                    if *known == colour {
                        *count += 1;
                        return Some(number);
                    }
                    place = (place + 1) % PLACES;
                }
                None if self.colours.len() == MOST_REPLACED => return None,
                None => {
                    let number = u16::try_from(self.colours.len()).ok()?;
                    self.places[place] = Some(number);
                    self.colours.push((colour, 1));
                    return Some(number);
                }
            }
        }
    }

    /// The palette, and for each colour its number there; `None` when too many would be replaced.
    fn kept(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        let mut order: Vec<usize> = (0..self.colours.len()).collect();
        // The most frequent ones first; a stable sort, so that the same picture gives the same bytes.
        order.sort_by_key(|at| std::cmp::Reverse(self.colours[*at].1));
        let runs = |colours: &[usize]| colours.iter().map(|at| u64::from(self.colours[*at].1)).sum::<u64>();
        let rare = order.get(MOST..).map_or(0, runs);
        if rare * RAREST > runs(&order) {
            return None;
        }
        order.truncate(MOST);
        let number = |at: usize| {
            let near = |kept: &usize| distance(self.colours[*kept].0, self.colours[at].0);
            let nearest = order.iter().enumerate().min_by_key(|(_, kept)| near(kept));
            nearest.map_or(0, |(number, _)| u8::try_from(number).expect("a palette has 256 colours"))
        };
        let numbers = (0..self.colours.len()).map(number).collect();
        Some((order.iter().flat_map(|at| self.colours[*at].0[..3].to_owned()).collect(), numbers))
    }
}

fn distance(one: [u8; 4], other: [u8; 4]) -> u32 {
    one.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}
