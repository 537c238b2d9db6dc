// Reads PDFs beside the page: parsing and decoding take no time from what is being shown.
import 'pdfjs-dist/build/pdf.worker.min.mjs';
