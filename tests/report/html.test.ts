import { describe, expect, it } from 'vitest'
import { html, svg, trusted } from '../../src/report/html.ts'
import type { Hole } from '../../src/report/html.ts'
import { element } from '../../src/report/svg-element.ts'
import { HOSTILE, UNSEEN, whyNotWellFormed } from './hostile.ts'

describe('the html template', () => {
  it('escapes what is filled in', () => {
    const text = `<b> & "quotes" 'and' \`ticks\``
    expect(html`<p title="${text}">${text}</p>`.toString()).toBe(
      '<p title="&lt;b&gt; &amp; &quot;quotes&quot; &#39;and&#39; &#96;ticks&#96;">' +
        '&lt;b&gt; &amp; &quot;quotes&quot; &#39;and&#39; &#96;ticks&#96;</p>',
    )
  })

  it('escapes once, however deep the templates are nested', () => {
    const inner = html`<i>${'<&>'}</i>`
    expect(html`<p>${[inner, [html`<b>${inner}</b>`]]}</p>`.toString()).toBe(
      '<p><i>&lt;&amp;&gt;</i><b><i>&lt;&amp;&gt;</i></b></p>',
    )
  })

  it('joins lists and prints nothing for what is absent', () => {
    const holes: Hole = ['a', 1, null, undefined, false, true, 0, ['<']]
    expect(html`<p>${holes}</p>`.toString()).toBe('<p>a10&lt;</p>')
  })

  it('takes nothing for markup because it looks like it', () => {
    const forged = JSON.parse('{"text":"<b>","toString":"<b>"}') as Hole
    expect(() => html`<p>${forged}</p>`.toString()).toThrow()
    expect(html`<p>${trusted('<b>')}</p>`.toString()).toBe('<p><b></p>')
  })

  it('lets a link run nothing', () => {
    const urls = [
      'javascript:alert(1)',
      ' jAvascript:x',
      'data:text/html,x',
      '//x',
      'java\nscript:',
    ]
    for (const url of urls)
      expect(html`<a href="${url}">x</a>`.toString()).toBe('<a href="#">x</a>')
    expect(html`<a href="${'https://a.b/?c&d'}">x</a>`.toString()).toContain(
      '"https://a.b/?c&amp;d"',
    )
    expect(html`<a href="#op-${'"1"'}">x</a>`.toString()).toBe('<a href="#op-&quot;1&quot;">x</a>')
    expect(() => html`<a href="java${'script:alert(1)'}">x</a>`).toThrow("'#' or 'https://'")
    expect(() => html`<a href="${'java'}${'script:alert(1)'}">x</a>`).toThrow("'#' or 'https://'")
    expect(html`<img src="${'javascript:x'}" />`.toString()).toContain('src="#"')
  })

  it('refuses holes where escaping would not help', () => {
    expect(() => html`<p class=${'a'}>x</p>`).toThrow('put attributes in quotes')
    expect(() => html`<p ${'onclick=x'}>x</p>`).toThrow('put attributes in quotes')
    expect(() => html`<${'script'}>x</p>`).toThrow('put attributes in quotes')
    expect(
      () =>
        html`<script>
          ${'alert(1)'}
        </script>`,
    ).toThrow('only markup')
    expect(
      () =>
        html`<style>
          ${'a{}'}
        </style>`,
    ).toThrow('only markup')
    expect(() => html`<p onclick="${'x'}">x</p>`).toThrow('takes no values')
    expect(() => html`<p style="${'x'}">x</p>`).toThrow('takes no values')
    expect(() => html`<p title="${html`<b>"</b>`}">x</p>`).toThrow('takes text')
    expect(
      html`<style>
          a {
          }
        </style>
        <p>${'<'}</p>`.toString(),
    ).toContain('<p>&lt;</p>')
  })

  it('keeps every hostile text inert, in text and in attributes', () => {
    for (const text of HOSTILE) {
      const made = svg`<p title="${text}" id='${text}'>${text}</p>`.toString()
      expect(whyNotWellFormed(made.replace(/'([^']*)'/g, '"$1"'))).toBeUndefined()
      expect(made.replace(/[\n\t]/g, '')).not.toMatch(UNSEEN)
    }
  })
})

describe('an element of a drawing', () => {
  it('rounds numbers, escapes texts and leaves out what is absent', () => {
    const attributes = { class: 'a"b', x: 1.23456, y: -0.001, id: undefined, rx: false } as const
    expect(element('rect', attributes).toString()).toBe('<rect class="a&quot;b" x="1.23" y="0"/>')
    expect(element('text', {}, 'a<b', element('title', {}, '&')).toString()).toBe(
      '<text>a&lt;b<title>&amp;</title></text>',
    )
  })

  it('has no attributes that run or fetch something', () => {
    for (const name of ['onload', 'href', 'style', 'src', 'a b', '"', 'ONLOAD']) {
      expect(() => element('rect', { [name]: 'x' })).toThrow('no attribute of a shape')
    }
  })
})
