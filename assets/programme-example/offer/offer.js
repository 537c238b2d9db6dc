// The fields of litfass.json, at the start and whenever one changes.
addEventListener('message', ({ data }) => {
  if (data.type !== 'litfass-fields') return;
  const { dish, price, screen } = data.fields;
  document.querySelector('#dish').textContent = dish;
  document.querySelector('#price').textContent = price;
  document.querySelector('#screen').textContent = screen;
});
